/* Owners are removed from vectors and maps, the last ones end. */
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

class Task {
public:
    Task(std::string name, int prio) : name_(std::move(name)), prio_(prio) {}
    ~Task() { std::cout << "~" << name_ << std::endl; }
    const std::string &name() const { return name_; }
    int prio() const { return prio_; }

private:
    std::string name_;
    int prio_;
};

int main() {
    std::vector<std::shared_ptr<Task>> tasks;
    for (int i = 0; i < 6; i++) tasks.push_back(std::make_shared<Task>("t" + std::to_string(i), i));
    auto kept = tasks[2];
    std::cout << "pop" << std::endl;
    tasks.pop_back();
    std::cout << "erase" << std::endl;
    tasks.erase(tasks.begin() + 1);
    std::cout << tasks.size() << " " << kept.use_count() << std::endl;
    tasks.erase(std::remove_if(tasks.begin(), tasks.end(), [](const std::shared_ptr<Task> &t) { return t->prio() % 2 == 0; }),
                tasks.end());
    std::cout << tasks.size() << " " << kept.use_count() << std::endl;
    tasks.push_back(std::make_shared<Task>("late", 9));
    tasks.resize(1);
    std::cout << "clear" << std::endl;
    tasks.clear();
    kept.reset();
    std::map<std::string, std::shared_ptr<Task>> byName;
    for (const char *n : {"alpha", "beta", "gamma", "delta"}) byName[n] = std::make_shared<Task>(n, 1);
    byName.erase("beta");
    auto it = byName.find("gamma");
    if (it != byName.end()) byName.erase(it);
    std::cout << byName.size() << std::endl;
    for (auto i = byName.begin(); i != byName.end();) {
        if (i->second->name() == "alpha")
            i = byName.erase(i);
        else
            ++i;
    }
    byName["delta"] = std::make_shared<Task>("delta2", 2);
    std::cout << "clear map" << std::endl;
    byName.clear();
    std::cout << "done" << std::endl;
}

#include <iostream>
#include <map>
#include <string>
int main() {
    std::map<std::string, int> counts;
    const char *words[] = {"pear", "apple", "fig", "apple", "pear", "apple"};
    for (const char *w : words) counts[w]++;
    for (const auto &kv : counts) std::cout << kv.first << "=" << kv.second << "\n";
    for (const auto &[word, n] : counts) std::cout << word << n << " ";
    std::cout << "\n";
    auto it = counts.find("fig");
    if (it != counts.end()) {
        std::cout << it->first << it->second << "\n";
        it->second = 10;
        counts.erase(it);
    }
    std::cout << counts.count("fig") << counts.size() << "\n";
    auto r = counts.insert({"apple", 9});
    std::cout << r.second << r.first->second << "\n";
    counts.emplace("kiwi", 4);
    counts["zero"];
    for (auto i = counts.begin(); i != counts.end();) {
        if (i->second == 2) i = counts.erase(i);
        else ++i;
    }
    for (auto i = counts.rbegin(); i != counts.rend(); ++i) std::cout << i->first << ":" << i->second << ",";
    std::cout << counts.at("kiwi") << "\n";
    try {
        counts.at("none");
    } catch (const std::out_of_range &e) {
        std::cout << "out\n";
    }
    std::cout << counts.begin()->first << " " << counts.lower_bound("b")->first << "\n";
    return 0;
}

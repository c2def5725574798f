#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

static void touch(const fs::path &p, const std::string &text) {
    std::ofstream out(p);
    out << text;
}

int main() {
    fs::path root = "upload_queue";
    fs::create_directories(root / "pending");
    touch(root / "b.txt", "bbbb");
    touch(root / "a.log", "a");
    touch(root / "pending" / "c.txt", "cc");
    std::vector<fs::path> found;
    for (const auto &entry : fs::directory_iterator(root)) {
        found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    for (const auto &p : found) {
        if (fs::is_directory(p)) {
            std::cout << p.filename().string() << " <dir>" << std::endl;
        } else {
            std::cout << p.filename().string() << " " << fs::file_size(p) << " ext=" << p.extension().string() << std::endl;
        }
    }
    std::cout << fs::exists(root / "nope") << fs::exists(root / "a.log") << std::endl;
    fs::remove(root / "a.log");
    std::cout << fs::exists(root / "a.log") << std::endl;
    std::cout << "removed " << fs::remove_all(root) << std::endl;
    return 0;
}

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
int main() {
    {
        std::ofstream out("out.txt");
        if (!out) return 1;
        out << "line one\n" << 2 << " " << 3.5 << std::endl;
        out << "last";
    }
    std::ofstream app("out.txt", std::ios::app);
    app << " more\n";
    app.close();
    std::ifstream in("out.txt");
    std::string line;
    int n = 0;
    while (std::getline(in, line)) std::cout << ++n << ": " << line << "\n";
    in.close();
    std::ifstream bin("x", std::ios::binary | std::ios::ate);
    std::cout << bin.tellg() << "\n";
    bin.seekg(0);
    char buf[8];
    bin.read(buf, sizeof(buf));
    std::cout << bin.gcount() << " " << std::string(buf, 5) << "\n";
    std::ifstream none("missing");
    std::cout << none.is_open() << (none.good() ? "good" : "bad") << "\n";
    std::ofstream b("bin", std::ios::binary);
    unsigned char bytes[] = {0, 1, 255};
    b.write(reinterpret_cast<const char *>(bytes), sizeof bytes);
    b.put('A');
    return 0;
}

#include <cctype>
#include <cstdio>
#include <iostream>
#include <string>
static std::string encode(const std::string &in) {
    std::string out;
    for (unsigned char c : in) {
        if (isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            char buf[4];
            snprintf(buf, sizeof(buf), "%%%02X", c);
            out += buf;
        }
    }
    return out;
}
static std::string decode(const std::string &in) {
    std::string out;
    for (size_t i = 0; i < in.size(); ++i) {
        if (in[i] == '%' && i + 2 < in.size()) {
            out.push_back((char)std::stoi(in.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else if (in[i] == '+') {
            out += ' ';
        } else {
            out += in[i];
        }
    }
    return out;
}
static std::string upper(std::string s) {
    for (auto &c : s) c = toupper(c);
    return s;
}
int main() {
    std::string s = "dir/a b&c=ü";
    std::string e = encode(s);
    std::cout << e << " " << e.size() << "\n";
    std::cout << decode(e) << " " << (decode(e) == s) << "\n";
    std::cout << upper("mixed Case 1") << " " << decode("x+y%21z") << "\n";
    return 0;
}

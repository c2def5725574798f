#include <iostream>
#include <string>
int main() {
    std::string s = "hello world";
    std::cout << s.find("world") << " " << s.find('z') << " " << (s.find("zz") == std::string::npos) << "\n";
    s.insert(5, ",");
    s.erase(0, 1);
    s.replace(0, 4, "YELL");
    std::cout << s << " " << s.length() << "\n";
    std::cout << s.substr(6) << "|" << s.substr(0, 4) << "|" << s.substr(3, 100) << "\n";
    std::cout << s.rfind('l') << " " << s.find_last_of("ol") << " " << s.find_first_not_of("YEL") << "\n";
    s.append("!!").append(3, '?');
    s.push_back('#');
    std::cout << s << " " << s.back() << s.front() << s[1] << "\n";
    s.pop_back();
    s[0] = 'J';
    std::cout << s << " " << s.compare("JELL") << " " << (s < "K") << "\n";
    std::string t(3, 'x');
    t += 'y';
    t += "z";
    std::cout << t << t.empty() << "\n";
    t.clear();
    std::cout << t.empty() << t.size() << "\n";
    t.assign("abc");
    t.resize(5, '.');
    std::cout << t << "\n";
    t.resize(2);
    std::cout << t << " " << std::stoi("42") + 1 << " " << std::to_string(3.5) << "\n";
    std::string u = "a" + t + 'c' + std::string("d");
    std::cout << u << " " << u.c_str() << "\n";
    return 0;
}

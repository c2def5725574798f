#include <iostream>
#include <string>
#include <vector>

int main()
{
    std::vector<int> numbers{1, 2, 3};
    std::vector<std::string> words{"a", "b"};
    int total = 0;
    for (auto x : numbers) {
        auto &again = x;
        again += 10;
        total += x % 100;
    }
    for (auto word : words) {
        std::string &same = word;
        same += "!";
        std::cout << word << same << '\n';
    }
    std::cout << total << ' ' << numbers[0] << words[1] << '\n';
    return 0;
}

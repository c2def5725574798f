#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

static std::vector<int> kept;

static void keep(std::vector<int> &all) { kept = std::move(all); }

static std::vector<int> taken(std::vector<int> &all)
{
    auto mine = std::move(all);
    all = {7};
    mine.push_back(9);
    return mine;
}

static size_t emptied(std::map<std::string, int> &counts)
{
    std::map<std::string, int> other(std::move(counts));
    return other.size() * 10 + counts.size();
}

int main()
{
    std::vector<int> numbers{1, 2, 3};
    std::vector<int> mine = taken(numbers);
    std::cout << mine.size() << numbers.size() << numbers[0] << ' ';
    numbers.push_back(8);
    keep(numbers);
    numbers.clear();
    numbers.push_back(5);
    std::cout << kept.size() << kept[1] << numbers[0] << ' ';
    std::map<std::string, int> counts{{"a", 1}, {"b", 2}};
    std::cout << emptied(counts) << counts.size() << '\n';
    return 0;
}

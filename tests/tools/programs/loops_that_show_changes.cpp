#include <iostream>
#include <string>
#include <vector>

static void bump(std::vector<int> &all) { for (auto &x : all) x += 1; }
static int first(const std::vector<int> &all) { return all[0]; }

int main()
{
    std::vector<int> nums{1, 2, 3};
    for (auto &x : nums) {
        for (auto it = nums.begin(); it != nums.end(); ++it) *it ^= -1;
        std::cout << x << ' ';
    }
    for (const auto &x : nums) {
        nums[2] = x + 10;
        std::cout << x << ' ';
    }
    for (const int &x : nums) {
        bump(nums);
        std::cout << x << first(nums) << ' ';
    }
    std::vector<int> counts(3, 0);
    for (const auto &x : nums) counts[x % 3 < 0 ? 0 : x % 3] += 1;
    std::vector<std::string> words{"a", "b"};
    for (const auto &word : words) {
        words[1] = words[0] + "!";
        std::cout << word << ' ';
    }
    std::cout << counts[0] << counts[1] << counts[2] << '\n';
    return 0;
}

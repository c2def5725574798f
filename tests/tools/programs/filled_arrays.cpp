/* Arrays from new with their values. */
#include <iostream>

struct Part {
    int number;
    double size;
};

static int total(const int *values, int count) {
    int sum = 0;
    for (int i = 0; i < count; ++i) sum += values[i];
    return sum;
}

static unsigned char *header() { return new unsigned char[4]{0x89, 'O', 'S'}; }

int main() {
    int *values = new int[4]{7, 8, 9};
    values[3] += 100;
    int *at = values + 1;
    std::cout << total(values, 4) << ' ' << *at << ' ' << at[2] << '\n';
    double *rates = new double[3]{1.5};
    std::cout << rates[0] + rates[2] << '\n';
    unsigned *none = new unsigned[2]{};
    none[1] -= 1;
    std::cout << none[0] << ' ' << none[1] << '\n';
    Part *parts = new Part[2]{{1, 2.5}, {2, 3.5}};
    parts[1].size *= 2;
    std::cout << parts[0].number << ' ' << parts[1].size << '\n';
    unsigned char *bytes = header();
    std::cout << int(bytes[0]) << ' ' << bytes[1] << ' ' << int(bytes[3]) << '\n';
    delete[] values;
    delete[] rates;
    delete[] none;
    delete[] parts;
    delete[] bytes;
}

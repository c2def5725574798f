#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

static size_t shown(const std::string &s)
{
    std::string ended = s.c_str();
    printf("%s|%zu|%zu|%zu\n", s.c_str(), s.size(), strlen(s.c_str()), ended.size());
    return ended.size();
}

int main()
{
    std::ifstream in("x");
    std::string line;
    size_t sum = 0;
    while (std::getline(in, line)) {
        sum += shown(line);
        FILE *f = fopen("copy", "ab");
        fputs(line.c_str(), f);
        fwrite(line.c_str(), 1, line.size(), f);
        fclose(f);
    }
    std::string made("a\0b", 3);
    made += 'c';
    sum += shown(made);
    std::ifstream again("x");
    char letter = 0;
    again.seekg(6);
    again.get(letter);
    printf("%c %d %zu\n", letter, again.peek(), sum);
    return 0;
}

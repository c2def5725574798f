// ARGS: a/b.tar.gz é/plain key=value
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

class Path {
public:
    explicit Path(const char *text)
    {
        strncpy(text_, text, sizeof(text_) - 1);
        text_[sizeof(text_) - 1] = '\0';
        memset(note_, 0, sizeof(note_));
    }
    std::string base(const char *text) const
    {
        const char *slash = strrchr(text, '/');
        return slash ? std::string(slash + 1) : std::string(text);
    }
    std::string folder(const char *text) const
    {
        const char *slash = strrchr(text, '/');
        if (slash == nullptr) return ".";
        return std::string(text, slash - text);
    }
    const char *noted(int n)
    {
        int length = snprintf(note_, sizeof(note_), "%d:%s", n, text_);
        return length >= (int)sizeof(note_) ? "long" : note_;
    }
    const std::string text() const { return text_; }

private:
    char text_[8];
    char note_[6];
};

static std::string stamp(time_t moment)
{
    char text[32];
    struct tm *broken = gmtime(&moment);
    strftime(text, sizeof(text), "%Y/%m/%d %H:%M", broken);
    return std::string(text);
}

int main(int argc, char *argv[])
{
    std::vector<std::string> names;
    for (int i = 1; i < argc; i++) {
        Path path(argv[i]);
        const char *equal = strchr(argv[i], '=');
        std::cout << path.base(argv[i]) << " " << path.folder(argv[i]) << " " << path.text() << std::endl;
        std::cout << path.noted(i) << " " << (equal ? equal + 1 : "-") << std::endl;
        auto last = [&](const char *text) {
            const char *dot = strrchr(text, '.');
            return dot ? std::string(dot) : std::string();
        };
        names.push_back(last(argv[i]));
    }
    for (const auto &name : names) std::cout << "[" << name << "]";
    std::cout << stamp(0) << " " << stamp(1700000000) << std::endl;
    return 0;
}

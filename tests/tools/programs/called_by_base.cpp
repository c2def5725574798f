// What methods take and give has one form in all classes that may be meant, and overloads are told apart.
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>

class Reader {
public:
    Reader(const std::string &name) : name_(name) {}
    virtual ~Reader() {}
    virtual long read(void *buffer, size_t length, long offset) = 0;
    virtual const char *kind() const { return "reader"; }
    const char *name() const { return name_.c_str(); }

    void read(int *count, void *buffer, size_t length, long offset, std::function<void()> done) {
        *count = read(buffer, length, offset);
        done();
    }

    char *part(char *text) { return text + 1; }
    const char *part(int which) { return which ? "one" : ""; }

protected:
    std::string name_;
};

class TextReader : public Reader {
public:
    TextReader(const std::string &name) : Reader(name) {}
    using Reader::read;
    long read(void *buffer, size_t length, long offset) override {
        memcpy(buffer, name_.c_str() + offset, length);
        return length;
    }
    const char *kind() const override { return "text"; }
};

int main() {
    TextReader text("hello world");
    Reader &reader = text;
    char got[16];
    memset(got, 0, sizeof got);
    int count = 0;
    reader.read(&count, got, 5, 6, [&] { printf("%d bytes\n", count); });
    printf("%s %s %s\n", got, reader.name(), reader.kind());
    if (strcmp(reader.kind(), "text") == 0) printf("a text\n");
    const char *kind = reader.kind();
    printf("%c%c %s %s\n", kind[0], kind[1], reader.part(got), reader.part(1));
    std::string both = reader.name();
    both += reader.part(0);
    printf("[%s]\n", both.c_str());
    return 0;
}

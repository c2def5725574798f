// The first and last letters of strings, and the NUL behind them; what is plainer than C's rules for numbers.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

typedef enum { KIND_ONE, KIND_TWO, KIND_THREE } kind_t;
struct Frame {
    kind_t kind;
    unsigned char bytes[8];
    float length;
};

static int slashes(const std::string &text) {
    int count = 0;
    for (int i = 0; text[i]; i++)
        if (text[i] == '/') count++;
    return count;
}
static bool ends(const std::string &text) { return *text.rbegin() == '/'; }
static bool no_end(const std::string &text) { return text[text.size() - 1] != '/'; }
static bool starts(const std::string &text) { return text[0] == '/'; }
static bool no_start(const std::string &text) { return text[0] != '/'; }

static int check(Frame *frame, int n) {
    bool two = 0;
    unsigned int more = n;
    float total = 0.0;
    char *text = (char *)malloc(n + 1);
    text[0] = 0;
    if (frame->kind == KIND_TWO) two = true;
    if (frame->kind != KIND_THREE && n > 1) total += frame->length;
    frame->bytes[1] += more;
    int bits = 1;
    for (int i = 0; i < n; i++) {
        bits <<= 1;
        bits |= i & 1;
    }
    if (text != NULL) free(text);
    printf("%d %d %.2f %d of %d\n", two, frame->bytes[1], total, bits, 3);
    return bits;
}

int main() {
    std::vector<std::string> texts = {"a", "b/", "/c", "\xc3\xa9/\xff"};
    for (auto &text : texts)
        printf("%d %d %d %d %d\n", slashes(text), ends(text), no_end(text), starts(text), no_start(text));
    std::string empty;
    printf("%d %d %d %d\n", slashes(empty), starts(empty), no_start(empty), empty[0]);
    std::string word = "xyz";
    size_t at = 0;
    while (word[at] != 'q' && word[at] != '\0') at++;
    printf("%zu\n", at);
    std::string wanted = "b/";
    if (std::find(texts.begin(), texts.end(), wanted) != texts.end()) printf("found\n");
    if (std::find(texts.begin(), texts.end(), std::string("c")) == texts.end()) printf("not found\n");
    Frame frame = {KIND_TWO, {0, 200}, 1.5f};
    printf("%d\n", check(&frame, 10));
    return 0;
}

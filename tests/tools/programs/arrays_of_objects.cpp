#include <cstdio>
#include <new>
#include <string>
class Chunk {
public:
    Chunk() : size(1) { printf("made\n"); }
    ~Chunk() { printf("~%d\n", size); }
    int size;
};
struct Flat { int a = 3; };
struct Event {
    Chunk *chunks = nullptr;
    Flat *flats = nullptr;
    int count = 0;
    ~Event() { delete[] chunks; delete[] flats; }
};
int main() {
    Event e;
    e.count = 3;
    e.chunks = new Chunk[e.count];
    for (int i = 0; i < e.count; i++) e.chunks[i].size = i * 10;
    e.flats = new Flat[2];
    e.flats[1].a += 1;
    printf("%d %d\n", e.flats[0].a, e.flats[1].a);
    Chunk *local = new Chunk[2];
    local[1].size = 9;
    delete[] local;
    char *raw = new (std::nothrow) char[10];
    if (raw) { raw[0] = 'x'; raw[1] = 0; printf("%s\n", raw); }
    delete[] raw;
    return 0;
}

static int counter;

enum class Level { low, middle = 5, high };

struct Spot { int x = 1; short y = 2; };

struct Item {
    int n = 0;
    std::string name = "none";
    std::vector<int> values = {1, 2};
    Spot at;
    bool operator==(const Item &other) const { return n == other.n && name == other.name; }
    bool operator<(const Item &other) const { return n != other.n ? n < other.n : name < other.name; }
    Item &operator+=(int by) { n = (n % 1000) + by % 1000; return *this; }
    Item more(int by) const { Item made = *this; made += by; return made; }
    Item &named(const std::string &to) { name = to; return *this; }
    int sum() const { int t = 0; for (int v : values) t = (t * 3 + v) % 1009; return t; }
};

struct Trouble : std::runtime_error {
    int code;
    Trouble(const std::string &what, int code) : std::runtime_error(what), code(code) {}
};

struct Guard {
    std::string name;
    explicit Guard(const std::string &name) : name(name) { std::cout << "+" << name << "\n"; }
    ~Guard() { std::cout << "-" << name << "\n"; }
    Guard(const Guard &) = delete;
};

class Shape {
public:
    explicit Shape(int size) : size_(size) { made++; }
    virtual ~Shape() = default;
    virtual std::string kind() const { return "shape"; }
    virtual int area(int by = 3) const { return size_ * by; }
    void grow(int by) { size_ = (size_ + by) % 100; }
    std::string shown() const { return kind() + ":" + std::to_string(area()); }
    static int made;
protected:
    int size_;
};
int Shape::made = 0;

class Square : public Shape {
public:
    explicit Square(int size) : Shape(size), label_("sq") {}
    std::string kind() const override { return label_; }
    int area(int by = 3) const override { return size_ * size_ % 1000 + by; }
    void relabel(const std::string &to) { label_ = to; }
private:
    std::string label_;
};

template <typename T> class Stack {
public:
    void push(const T &value) { held_.push_back(value); }
    T pop() { T last = held_.back(); held_.pop_back(); return last; }
    T &top() { return held_.back(); }
    const std::vector<T> &held() const { return held_; }
    bool empty() const { return held_.empty(); }
private:
    std::vector<T> held_;
};

class Shelf {
public:
    explicit Shelf(std::vector<Item> items) : items_(std::move(items)) {}
    Item &at(unsigned i) { return items_[i % items_.size()]; }
    const Item &at(unsigned i) const { return items_[i % items_.size()]; }
    const std::vector<Item> &items() const { return items_; }
    std::vector<Item> copy() const { return items_; }
    Item first() const { return items_.front(); }
    void add(Item item) { if (items_.size() < 6) items_.push_back(item); item.n = 0; }
    Shelf &set(unsigned i, const Item &item) { at(i) = item; return *this; }
    Item &operator[](unsigned i) { return at(i); }
private:
    std::vector<Item> items_;
};

template <typename T> const T &larger(const T &a, const T &b) { return a < b ? b : a; }

template <typename T> T &chosen(std::vector<T> &all, unsigned i) { return all[i % all.size()]; }

template <typename T> void both(T &a, T &b) { T kept = a; a = b; b = kept; }

std::ostream &operator<<(std::ostream &out, const Item &i)
{
    out << "{" << i.n << " " << i.name;
    for (const auto &v : i.values) out << " " << v;
    return out << " " << i.at.x << "," << i.at.y << "}";
}

static std::string joined(const std::vector<std::string> &words)
{
    std::string made;
    for (const auto &word : words) { if (!made.empty()) made += "|"; made += word; }
    return made;
}

static std::vector<std::string> fields(const std::string &text, char at)
{
    std::vector<std::string> made;
    std::istringstream in(text);
    std::string field;
    while (std::getline(in, field, at)) made.push_back(field);
    if (made.empty()) made.push_back("-");
    return made;
}

static int parsed(const std::string &text)
{
    try {
        return std::stoi(text) % 1000;
    } catch (const std::invalid_argument &) {
        return -1;
    } catch (const std::out_of_range &) {
        return -2;
    }
}

static std::string level(Level of)
{
    switch (of) {
    case Level::low: return "low";
    case Level::middle: return "middle";
    default: return "high";
    }
}

static void print(const std::string &text) { std::cout << "[" << text << "]\n"; }

static void print(const std::vector<int> &all) { for (int v : all) std::cout << v << " "; std::cout << "\n"; }

static void print(const std::vector<Item> &all) { for (const auto &v : all) std::cout << v << ";"; std::cout << "\n"; }

static void print(const std::vector<std::string> &all) { std::cout << joined(all) << "\n"; }

static void print(const std::map<std::string, int> &all)
{
    for (const auto &[key, value] : all) std::cout << key << "=" << value << " ";
    std::cout << "\n";
}

static void print(const std::map<std::string, Item> &all)
{
    for (auto it = all.begin(); it != all.end(); ++it) std::cout << it->first << "=" << it->second << " ";
    std::cout << "\n";
}

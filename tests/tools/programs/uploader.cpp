#include <iostream>
#include <string>
#include <vector>
#include <map>
#include <set>
#include <memory>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <sstream>
using namespace std;
struct Part { int number; string etag; long size; };
class Uploader {
public:
    enum State { Idle, Running, Done };
    Uploader(const string &bucket, size_t partSize) : bucket_(bucket), partSize_(partSize), state_(Idle) {}
    virtual ~Uploader() {}
    vector<Part> plan(long total) { vector<Part> parts; int n = 1; for (long at = 0; at < total; at += partSize_) { Part p; p.number = n++; p.size = min<long>(partSize_, total - at); p.etag = makeTag(p.number); parts.push_back(p); } state_ = Running; return parts; }
    State state() const { return state_; }
    void finish() { state_ = Done; }
    const char *stateName() const { switch (state_) { case Idle: return "idle"; case Running: return "running"; default: return "done"; } }
protected:
    virtual string makeTag(int n) { ostringstream os; os << bucket_ << "-" << n; return os.str(); }
    string bucket_; size_t partSize_; State state_;
};
class HexUploader : public Uploader { public: HexUploader(const string &b) : Uploader(b, 64) {} protected: string makeTag(int n) override { char buf[16]; snprintf(buf, sizeof(buf), "%04x", n * 255); return buf; } };
static bool parseUrl(const string &url, string &host, int &port, string &path) { size_t p = url.find("://"); if (p == string::npos) return false; string rest = url.substr(p + 3); size_t s = rest.find('/'); path = s == string::npos ? "/" : rest.substr(s); string hp = s == string::npos ? rest : rest.substr(0, s); size_t c = hp.find(':'); if (c != string::npos) { host = hp.substr(0, c); port = atoi(hp.substr(c + 1).c_str()); } else { host = hp; port = 80; } return true; }
static string lower(string s) { for (size_t i = 0; i < s.size(); i++) s[i] = tolower(s[i]); return s; }
template <class K, class V> static void dump(const map<K, V> &m) { for (typename map<K, V>::const_iterator it = m.begin(); it != m.end(); ++it) cout << it->first << "=" << it->second << ";"; cout << endl; }
int main(int argc, char *argv[])
{
    Uploader u("bkt", 100); vector<Part> parts = u.plan(250); for (size_t i = 0; i < parts.size(); ++i) cout << parts[i].number << ":" << parts[i].size << ":" << parts[i].etag << " "; cout << u.stateName() << endl; u.finish(); cout << (u.state() == Uploader::Done ? "finished" : "open") << endl;
    unique_ptr<Uploader> h(new HexUploader("x")); for (const Part &p : h->plan(130)) cout << p.etag << ","; cout << endl; string host, path; int port = 0; if (parseUrl("http://oss.example.com:8080/a/b", host, port, path)) cout << host << " " << port << " " << path << endl; cout << parseUrl("nope", host, port, path) << endl; if (parseUrl("https://h", host, port, path)) cout << host << port << path << endl; cout << lower("MiXed") << endl;
    map<string, int> m; m["b"] = 2; m["a"] = 1; m.insert(make_pair("c", 3)); dump(m); long long big = 5000000000LL; unsigned char b = 200; b += 100; cout << big * 2 << " " << (int)b << " " << 7 / 2 << " " << -7 / 2 << " " << 7.0 / 2 << endl; int *arr = new int[3]; for (int i = 0; i < 3; ++i) arr[i] = i * i; cout << arr[2] << endl; delete[] arr; const char *env = getenv("NOT_SET_X"); cout << (env ? env : "unset") << endl; return argc > 5;
}

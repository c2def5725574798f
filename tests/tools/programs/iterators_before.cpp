// Iterators that are declared before they lead anywhere.
#include <cstdio>
#include <list>
#include <map>
#include <string>
using namespace std;
static int count(list<string> names, const string &wanted)
{
    int found = 0;
    list<string>::iterator it;
    for (it = names.begin(); it != names.end(); it++) {
        string name = string(*it);
        if (name == wanted) found++;
        else if (name == "skip") {
            // nothing to do
        } else {
            // counted as other
            found += 10;
            // and told
        }
    }
    map<string, int> m;
    map<string, int>::iterator at;
    m["a"] = 1;
    at = m.find("a");
    if (at != m.end()) found += 100 * at->second;
    while (found > 1000) {
        // too many
    }
    return found;
}
int main() { list<string> n = {"a", "b", "a", "skip"}; printf("%d\n", count(n, "a")); return 0; }

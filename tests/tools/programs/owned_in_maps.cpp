#include <iostream>
#include <map>
#include <memory>
#include <string>
struct R { int v; R(int v):v(v){} ~R(){std::cout<<"-"<<v<<" ";} };
int main(){ std::map<std::string, std::unique_ptr<R>> m; for (int i=0;i<7;i++) m[std::to_string(i)] = std::make_unique<R>(i); std::cout << "end\n"; }

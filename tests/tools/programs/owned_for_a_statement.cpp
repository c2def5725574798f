#include <iostream>
#include <memory>
struct R { int v; R(int v):v(v){} ~R(){std::cout<<"-"<<v<<" ";} void go() {std::cout<<"go";} };
std::unique_ptr<R> mk(int i) { return std::make_unique<R>(i); }
int main(){ std::make_unique<R>(1)->go(); mk(2)->go(); mk(3); std::cout << "end\n"; }

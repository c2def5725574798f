#include <math.h>
#include <cstdio>
#include <cmath>
int main() {
    float f = 2.0f;
    printf("%.10f %d\n", sqrt(f) * sqrt(f), (int)sqrt(16));
    printf("%.10f\n", pow(2, 0.3));
    printf("%.10f %.10f\n", std::pow(2, 3), std::pow(2.0f, 3));
    printf("%.10f\n", std::floor(7 / 2));
    int n = 10;
    printf("%.3f %.3f\n", std::sqrt(n), std::log(n));
    printf("%.3f\n", std::pow(f, 2.0));
    printf("%.3f\n", std::fmax(f, 3.0f) + std::fmin(f, 0.1f));
}

#pragma once
#include <_types.h>
#define M_E 2.7182818284590452354
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_SQRT2 1.41421356237309504880
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
__BEGIN_DECLS
double acos(double x);
double asin(double x);
double atan(double x);
double atan2(double y, double x);
double ceil(double x);
double cos(double x);
double cosh(double x);
double exp(double x);
double fabs(double x);
double floor(double x);
double fmax(double x, double y);
double fmin(double x, double y);
double fmod(double x, double y);
double frexp(double x, int *exponent);
double ldexp(double x, int exponent);
double hypot(double x, double y);
double log(double x);
double log10(double x);
double log2(double x);
double modf(double x, double *whole);
double pow(double x, double y);
double round(double x);
double sin(double x);
double sinh(double x);
double sqrt(double x);
double tan(double x);
double tanh(double x);
double trunc(double x);
long lround(double x);
long long llround(double x);
float ceilf(float x);
float fabsf(float x);
float floorf(float x);
float roundf(float x);
float sqrtf(float x);
int isfinite(double x);
int isinf(double x);
int isnan(double x);
int signbit(double x);
__END_DECLS

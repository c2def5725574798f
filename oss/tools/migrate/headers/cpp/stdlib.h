#pragma once
/* C's header as C++ has it: abs() is that of the type that it is given. */
#include_next <stdlib.h>
#include <cstdlib>
using std::abs;

#pragma once
#include <_types.h>

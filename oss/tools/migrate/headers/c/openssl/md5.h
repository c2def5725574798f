#pragma once
#define MD5_CBLOCK 64
#define MD5_DIGEST_LENGTH 16

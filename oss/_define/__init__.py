"""What ``oss_define.h`` and ``oss_util.h`` declare: numbers, structs and their constructors."""

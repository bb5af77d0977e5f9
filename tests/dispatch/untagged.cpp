// What a kernel must not leave behind: a function that every translation unit with the same header would share.

inline int shared_by_all(int x) { return x + 1; }

int (*address_of_shared())(int);
int (*address_of_shared())(int) { return shared_by_all; }

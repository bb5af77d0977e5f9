// A program that has opened the standard library before.
#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>
using namespace std;

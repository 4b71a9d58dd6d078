#include "model/comparison.h"

namespace slim {

const char* change_name(Change change) {
  switch (change) {
    case Change::added:
      return "added";
    case Change::removed:
      return "removed";
    case Change::grown:
      return "grown";
    case Change::shrunk:
      return "shrunk";
    case Change::changed:
      return "changed";
  }
  return "changed";
}

}  // namespace slim

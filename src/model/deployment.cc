#include "model/deployment.h"

namespace slim {

const char* ArchVerdict::name() const {
  if (x86_64 != 0 && arm64 != 0) return "both";
  if (x86_64 != 0) return "x86_64";
  if (arm64 != 0) return "arm64";
  return other != 0 ? "other" : "pure";
}

}  // namespace slim

#include "languages/python/top_package.h"

#include <algorithm>

#include "languages/python/python_facts.h"

namespace slim {

std::string top_package(const Inspection& inspection, std::string_view path) {
  std::size_t longest = 0;
  for (const std::string& root : python_roots(inspection)) {
    if (path.starts_with(root)) longest = std::max(longest, root.size());
  }
  const std::size_t slash = path.find('/', longest);
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

}  // namespace slim

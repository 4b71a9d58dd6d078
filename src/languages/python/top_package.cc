#include "languages/python/top_package.h"

#include "languages/python/modules.h"
#include "languages/python/python_facts.h"

namespace slim {

std::string top_package(const Inspection& inspection, std::string_view path) {
  const std::size_t slash = path.find('/', root_of(python_roots(inspection), path).value_or("").size());
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

}  // namespace slim

#include <map>

#include "report/check_report.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {

std::vector<std::string> part_names(const CheckReport& report) {
  std::vector<std::string> names;
  std::map<std::string, std::size_t> taken;
  for (const PartSize& part : report.sizes.parts) {
    std::string path = part.path;
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    std::string name = printable(std::string(base_name(path)));
    const std::size_t number = ++taken[name];
    if (number > 1) name += format(" ({})", number);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace slim

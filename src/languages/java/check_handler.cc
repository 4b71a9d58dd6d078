// Java's handler: "com.example.Handler::method".
#include <algorithm>
#include <array>
#include <iterator>

#include "languages/handler.h"
#include "languages/java/checks.h"
#include "util/format.h"
#include "util/words.h"

namespace slim::check {
namespace {

// Of a class file (JVM specification 4.1 to 4.4) the texts of its constants and what it inherits from.
struct JavaClass {
  std::vector<std::string> texts;  // by their index in the pool, empty for other constants
  std::string parent;
  bool has_interfaces = false;
};

std::optional<JavaClass> read_class(ByteView bytes) {
  const ByteReader reader(bytes, std::endian::big);
  const auto count = reader.read<std::uint16_t>(8);
  if (reader.read<std::uint32_t>(0) != 0xCAFEBABEU || !count) return std::nullopt;
  JavaClass found;
  found.texts.resize(*count);
  std::vector<std::uint16_t> names(*count);  // of the classes among the constants
  std::size_t at = 10;
  for (std::size_t i = 1; i < *count; ++i) {
    const auto tag = reader.read<std::uint8_t>(at);
    const auto first = reader.read<std::uint16_t>(at + 1);
    if (!tag || !first) return std::nullopt;
    // Sizes behind the tag: Utf8 counts its own; 3, 4: numbers; 5, 6: long numbers, which count as two.
    static constexpr std::array<std::uint8_t, 21> sizes = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4,
                                                           4, 4, 0, 0, 3, 2, 4, 4, 2, 2};
    if (*tag == 1) {
      if (at + 3 + *first > bytes.size()) return std::nullopt;
      found.texts[i] = as_text(bytes.subspan(at + 3, *first));
      at += 3U + *first;
      continue;
    }
    if (*tag >= sizes.size() || sizes[*tag] == 0) return std::nullopt;
    if (*tag == 7) names[i] = *first;
    at += 1U + sizes[*tag];
    if (*tag == 5 || *tag == 6) ++i;
  }
  const auto parent = reader.read<std::uint16_t>(at + 4);
  const auto interfaces = reader.read<std::uint16_t>(at + 6);
  if (!parent || !interfaces || *parent >= names.size() || names[*parent] >= found.texts.size())
    return std::nullopt;
  found.parent = found.texts[names[*parent]];
  found.has_interfaces = *interfaces != 0;
  return found;
}

// A method may be inherited, so that only a class that has no parent of its own can lack it.
std::optional<MissingName> missing_in_class(ByteView java_class, const std::string& name) {
  const auto found = read_class(java_class);
  if (!found || found->parent != "java/lang/Object" || found->has_interfaces) return std::nullopt;
  if (std::ranges::find(found->texts, name) != found->texts.end()) return std::nullopt;
  MissingName missing;
  std::ranges::copy_if(found->texts, std::back_inserter(missing.instead), [](const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, is_word);
  });
  return missing;
}

}  // namespace

// "com.example.Handler::method". Jars are not looked into: a class that is in none of the folders may be
// there.
void check_java_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t colons = handler.find("::");
  std::string name = handler.substr(0, colons);
  std::ranges::replace(name, '.', '/');
  if (const auto found = deployment.find("/var/task/" + name + ".class")) {
    if (colons == std::string::npos) return;  // the method of an interface
    return check_function(deployment, handler, *found, handler.substr(colons + 2),
                          [](std::string_view text, const std::string& method) {
                            return missing_in_class(as_bytes(text), method);
                          });
  }
  const bool has_jars = std::ranges::any_of(
      deployment.files(), [&](Place place) { return deployment.entry(place).path.ends_with(".jar"); });
  if (has_jars) return;
  report_missing_handler(
      deployment, format("the handler {} needs {}.class, which is not in the package: check the handler's "
                         "name, and that classes lie at the root and jars in lib/",
                         printable(handler), printable(name)));
}

}  // namespace slim::check

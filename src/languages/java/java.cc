#include "languages/java/java.h"

#include "languages/java/checks.h"
#include "languages/java/components.h"

namespace slim {

const LanguageRoom& java_room() {
  static const LanguageRoom room = {
      .language = Language::java,
      .find_components = find_java_components,
      .check = check::check_java_classes,
      .check_handler = check::check_java_handler,
  };
  return room;
}

}  // namespace slim

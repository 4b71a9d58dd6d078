#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& java_room();

}  // namespace slim

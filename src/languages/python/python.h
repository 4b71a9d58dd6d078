#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& python_room();

}  // namespace slim

#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& ruby_room();

}  // namespace slim

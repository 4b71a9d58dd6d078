#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& node_room();

}  // namespace slim

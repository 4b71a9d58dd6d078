// Programs that a runtime without a language starts (provided.al2023).
#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& native_room();

}  // namespace slim

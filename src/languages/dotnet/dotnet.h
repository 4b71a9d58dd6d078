// .NET: known by its files, and no more yet.
#pragma once

#include "languages/language.h"

namespace slim {

const LanguageRoom& dotnet_room();

}  // namespace slim

// Percent-encoding of RFC 3986, for URIs and package URLs.
#pragma once

#include <string>
#include <string_view>

namespace slim {

// Encodes all but letters, digits, ".-_~" and the characters of `also_plain`. It goes byte by byte, also where
// the text is no valid UTF-8, so that two different texts never become the same.
std::string percent_encoded(std::string_view text, std::string_view also_plain = {});

}  // namespace slim

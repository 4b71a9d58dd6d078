#include "archive/dos_time.h"

#include <ctime>

namespace slim::archive {

int year_of_dos_time(std::uint32_t dos) { return static_cast<int>(dos >> 25) + 1980; }

std::int64_t seconds_of_dos_time(std::uint32_t dos) {
  std::tm tm{};
  tm.tm_year = year_of_dos_time(dos) - 1900;
  tm.tm_mon = static_cast<int>((dos >> 21) & 15) - 1;
  tm.tm_mday = static_cast<int>((dos >> 16) & 31);
  tm.tm_hour = static_cast<int>((dos >> 11) & 31);
  tm.tm_min = static_cast<int>((dos >> 5) & 63);
  tm.tm_sec = static_cast<int>(dos & 31) * 2;
  return timegm(&tm);
}

}  // namespace slim::archive

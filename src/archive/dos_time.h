// Dates as zips state them: local time in steps of two seconds, as one number with the date in its upper half
// and the time in its lower (APPNOTE 4.4.6).
#pragma once

#include <cstdint>

namespace slim::archive {

// 1980 to 2107.
int year_of_dos_time(std::uint32_t dos);

// Seconds since 1970, as if the local time were UTC. Of dates that no calendar has, the 31st of a month of 30
// days is the 1st of the next, and month 0 is the one before January.
std::int64_t seconds_of_dos_time(std::uint32_t dos);

}  // namespace slim::archive

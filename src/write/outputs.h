// The kinds of output, one function each. For write.cc alone.
#pragma once

#include <vector>

#include "model/output_table.h"
#include "write/write.h"

namespace slim {

// Zip, or tar in any packing, by options.output_format.
Result<WriteResult> write_zip_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes, Packer& packer);
// The input's own bytes, where nothing in it may change (Seal::whole).
Result<WriteResult> copy_zip_file(const Package& package, const Plan& plan, const Options& options);
Result<WriteResult> write_tar_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes);

// A new folder at options.output.
Result<WriteResult> write_new_folder(const Package& package, const Plan& plan, const Options& options,
                                     const OutputBytes& output_bytes);

// The folder that was read, changed where it is (--in-place). What changes is made in a folder beside it;
// commit() then replaces one file after the other, each by a rename, and removes what was dropped. An
// interrupted commit leaves every file either as it was or as planned, never half written; running again
// finishes the job. What the plan keeps isn't touched.
Result<WriteResult> write_in_place(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes);

// The bytes of a file of the output table.
Result<Bytes> bytes_of(const Plan& plan, const OutputEntry& item, const OutputBytes& output_bytes);

// Room for the sizes of all entries, none written yet.
Written nothing_written(const Package& package, const Plan& plan, const Options& options);
// Notes how many bytes an item takes in the output.
void note_packed(Written& written, const OutputEntry& item, std::uint64_t bytes);

}  // namespace slim

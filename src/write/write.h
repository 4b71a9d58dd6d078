// Fifth stage: the output, deterministic and whole or not at all.
#pragma once

#include <functional>
#include <memory>

#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/run_report.h"
#include "pack/packer.h"
#include "util/file.h"

namespace slim {

// An output that is complete under a temporary name, waiting to be verified and committed.
class PendingOutput {
 public:
  virtual ~PendingOutput() = default;
  virtual const std::string& temporary_path() const = 0;
  virtual Status commit() = 0;  // syncs and renames into place
};

struct WriteResult {
  std::unique_ptr<PendingOutput> pending;
  Written written;
};

// The bytes that a file of the package has in the output, by its index in package.entries. Called from any
// thread, once for each file that is in the output.
using OutputBytes = std::function<Result<Bytes>(std::size_t index)>;

// Errors that need no package: a zip that would go to a terminal, or nowhere.
Status check_output(const Options& options);

// Errors: an output that is the input or lies in it, one that can't be made; what output_bytes fails with.
Result<WriteResult> write_package(const Package& package, const Plan& plan, const Options& options,
                                  const OutputBytes& output_bytes, Packer& packer);

}  // namespace slim

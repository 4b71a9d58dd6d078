// Fifth stage: the output, deterministic and whole or not at all.
#pragma once

#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/run_report.h"
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

Result<WriteResult> write_package(const Package& package, const Plan& plan, const Options& options);

}  // namespace slim

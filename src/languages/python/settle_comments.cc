#include "languages/python/settle_comments.h"

#include "model/settled.h"
#include "python/comments.h"
#include "util/format.h"

namespace slim {

Status settle_comments(const Package& package, const Inspection& inspection, std::size_t index,
                       Action& action) {
  if (action.verb != Verb::strip_comments) return {};
  if (inspection.files[index].kind != FileKind::python_source) {
    give_up(action, "it is no Python source");
    return {};
  }
  TRY(const Bytes source, package.load(index));
  auto ranges = python::removable_comments(as_text(source));
  if (!ranges) {
    give_up(action, std::move(ranges.error().what));
    return {};
  }
  if (ranges->empty()) {
    fall_back_to_keep(action);
    return {};
  }
  const Bytes bare = without_ranges(source, *ranges);
  if (const Status proof = python::same_code(as_text(source), *ranges, as_text(bare)); !proof) {
    give_up(action, format("without its comments it failed a check: {}", proof.error().what));
    return {};
  }
  action.cuts = std::move(*ranges);
  action.size_after = bare.size();
  action.hash_after = hash_bytes(bare);
  return {};
}

}  // namespace slim

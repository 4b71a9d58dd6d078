#include "languages/python/settle_comments.h"

#include <algorithm>

#include "languages/python/python_facts.h"
#include "languages/python/read_facts.h"
#include "languages/python/source_mentions.h"
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
  if (python_facts(inspection.files[index]).is_opaque) {
    give_up(action, "slim can't read its syntax for certain");
    return {};
  }
  // What rules read in comments must be there in the next run, too. Files that such a name may hold are most of it.
  std::erase_if(*ranges, [&](const ByteRange& range) {
    return !read_source_mentions(as_text(source).substr(range.offset, range.size)).empty();
  });
  if (ranges->empty()) {
    fall_back_to_keep(action);
    return {};
  }
  const Bytes bare = without_ranges(source, *ranges);
  if (const Status proof = python::same_code(as_text(source), *ranges, as_text(bare)); !proof) {
    give_up(action, format("without its comments it failed a check: {}", proof.error().what));
    return {};
  }
  const std::string& path = package.entries[index].path;
  if (facts_of_text(source, path) != facts_of_text(bare, path)) {
    give_up(action, "other rules look for words that stand in its comments");
    return {};
  }
  action.cuts = std::move(*ranges);
  action.size_after = bare.size();
  action.hash_after = hash_bytes(bare);
  return {};
}

}  // namespace slim

#!/bin/sh
# Puts the installed slim with all that it loads into one folder that works at that path in every Linux system:
#   portable.sh /opt/slim
# The program names the folder's own loader, and the loader looks into the folder first: as DT_RPATH, which comes before
# the LD_LIBRARY_PATH that Lambda's images set and holds for libraries of libraries too, as DT_RUNPATH does not.
set -eu
folder=$1
installed=$(command -v slim)
loader=$(patchelf --print-interpreter "$installed")

mkdir -p "$folder/bin" "$folder/lib" "$folder/licenses"
cp "$installed" "$folder/bin/slim"
cp -L "$loader" "$folder/lib/"
cp -L /usr/share/doc/slim-cli/copyright "$folder/licenses/slim-cli"
libraries=$(ldd "$installed" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p')
for library in $libraries; do
  cp -L "$library" "$folder/lib/"
  # dpkg knows a library by the path in its package: under /usr/lib, or under /lib, which is a link to that.
  package=$(dpkg-query -S "$(realpath "$library")" "$library" 2>/dev/null | sed -n '1s/:.*//p')
  cp -L "/usr/share/doc/$package/copyright" "$folder/licenses/$package"
done
patchelf --force-rpath --set-rpath "$folder/lib" --set-interpreter "$folder/lib/$(basename "$loader")" "$folder/bin/slim"
"$folder/bin/slim" --version

# An image that brings slim to other images and to CI:
#
#   docker build -t slim -f packaging/docker/slim.Dockerfile .
#
# In a Dockerfile, `COPY --from=slim /opt/slim /opt/slim` puts it into any Linux image of the same architecture,
# whatever C library that has: /opt/slim brings along all that it loads. In CI the image itself runs the jobs of
# packaging/ci: it has a shell, and slim on PATH.
ARG DEBIAN=debian:bookworm-slim

FROM ${DEBIAN} AS compile
WORKDIR /src
COPY . .
RUN packaging/deb.sh /out

FROM ${DEBIAN} AS portable
COPY --from=compile /out/ /tmp/out/
COPY packaging/docker/portable.sh /tmp/
RUN apt-get update \
 && apt-get install -y --no-install-recommends /tmp/out/slim-cli_*.deb patchelf \
 && /tmp/portable.sh /opt/slim

FROM ${DEBIAN}
COPY --from=portable /opt/slim /opt/slim
ENV PATH=/opt/slim/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

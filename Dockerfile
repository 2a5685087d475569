# The desk in a container: docs/docker.md
FROM python:3.13-slim-trixie AS build
WORKDIR /avocet
ENV PIP_CONSTRAINT=/avocet/constraints.txt \
    PIP_BUILD_CONSTRAINT=/avocet/constraints.txt \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
COPY constraints.txt ./
# the lock says which pip; an older one does not keep its builds to the lock
RUN python -m venv /opt/avocet && /opt/avocet/bin/python -m pip install --upgrade pip
COPY . .
RUN /opt/avocet/bin/python -m pip install '.[all]'

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --create-home avocet \
    && install --directory --owner avocet --group avocet --mode 700 /data
COPY --from=build /opt/avocet /opt/avocet
ENV PATH=/opt/avocet/bin:$PATH \
    AVOCET_DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8503
# a container's loopback is its own: nobody outside reaches it, so the desk listens to all, and that asks for AVOCET_TOKEN
CMD ["avocet", "serve", "--host", "0.0.0.0", "--no-browser"]
